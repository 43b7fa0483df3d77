"""Work in processes of its own: what may hang or end there never takes the server with it."""
