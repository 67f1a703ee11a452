"""THE COMMANDS: arguments in, one library call, words and exit codes out. One file a group of commands.

Does not belong here: what the commands do.
"""
