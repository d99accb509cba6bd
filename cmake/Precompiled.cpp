// Compiled with each precompiled header, so that there is a library to take it from.
