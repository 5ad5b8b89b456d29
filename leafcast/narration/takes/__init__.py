"""Her own voice: recordings of sections, and of single sentences, in place of the synthetic one.

    files       what lies in audio/takes/<slug>, cheap to say                (no NumPy)
    names       what a file is called, and which section or sentence that is
    choices     takes.toml, where the owner decides
    shelf       files and choices, each with its section                    → findings
    recording   a file → samples, or why it cannot be used                  → findings
    acoustics   noise, level, clipping, clicks, hum; `room`: its echo        → findings
    placing     words heard, held against the script: readings of sentences
    deciding    which reading of each sentence is used                      → findings
    analysis    all of that for one passage, kept by its content
    reading     who reads how much, for the script to say so

What is then made of it is `voices/take.py`.
"""
