class Witness: pass
