"""What browsers load to run Python: Pyodide, wheels, the kit, snapshots; staged for the site."""
