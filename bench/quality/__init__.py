"""What the annotations are worth: `python -m bench quality`. The measured figures stand in README.md."""
