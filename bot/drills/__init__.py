"""Drills: role-played scams and genuine contacts. Pure: knows neither Rasa nor the web."""
