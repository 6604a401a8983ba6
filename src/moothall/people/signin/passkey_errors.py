"""What can be wrong with a passkey."""

from moothall.kernel.errors import Conflict, Invalid


class PasskeyWrong(Invalid):
    """Not ours, not for this, too late, or somebody else's: which of them is nobody's business."""

    code, field = "passkey_wrong", "passkey"
    text = "That passkey did not work here. Please try again, or use a code instead."


class PasskeyCopied(PasskeyWrong):
    """Its count of signatures went backwards."""

    code = "passkey_copied"
    text = "This passkey seems to have been copied and was refused. Please use a code, and remove the passkey."


class PasskeyTaken(Conflict):
    code = "passkey_taken"
    text = "This passkey is already known here."


class PasskeysFull(Conflict):
    code = "passkeys_full"
    text = "There are as many passkeys as an account may have. Please remove one first."


class SecondFactorLast(Conflict):
    code = "second_factor_last"
    text = "This is your only second factor. Add another first, or give up the second factor with a code."
