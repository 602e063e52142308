"""Optional capabilities, each in one folder, on `sartor.platform.plugin` alone."""
