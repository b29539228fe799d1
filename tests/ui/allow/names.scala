// Only names and codes of warnings can be allowed, as texts.
import fvm.allow

val text = "unused-effect"

@allow("unused-efect") //~ E0214
def misspelt = 1

@allow("type-mismatch", text) //~ E0214, E0214
def errors = 2
