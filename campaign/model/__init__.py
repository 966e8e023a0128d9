"""The values that flow through the program: frozen, standard library only; one module, one noun."""
