"""The screens in community centres and the stream between them and the server."""
