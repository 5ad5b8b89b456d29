"""The practice and its settings: practice.toml → frozen values."""
