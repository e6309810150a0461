"""The roof: where the parts are joined into a web application, a worker and a command line."""
