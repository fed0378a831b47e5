"""What the API answered, kept for a day so that a request may be sent again."""

from __future__ import annotations

from datetime import datetime, timedelta

from commonweal_web.people.models import ApiAnswer, ApiToken

ANSWERS_KEPT = timedelta(days=1)


def claim_request(
    *, token: ApiToken, key: str, route: str, body_sha256: str, at: datetime
) -> tuple[ApiAnswer, bool]:
    """Take a key for a request, inside its transaction; false when it was taken before.

    Of two at once, the second waits here until the first is stored or undone.
    """
    taken = ApiAnswer.objects.filter(token=token, key=key)
    taken.filter(asked_at__lte=at - ANSWERS_KEPT).delete()
    wanted = ApiAnswer(
        token=token, key=key, route=route, body_sha256=body_sha256, status=0, asked_at=at
    )
    ApiAnswer.objects.bulk_create([wanted], ignore_conflicts=True)
    claim = taken.get()
    return claim, claim.status == 0


def keep_answer(claim: ApiAnswer, *, status: int, answer: str) -> None:
    """Keep the answer to a request beside its key; an empty one says only that it was given."""
    ApiAnswer.objects.filter(pk=claim.pk).update(status=status, answer=answer)


def forget_answers(*, at: datetime) -> int:
    """Delete the answers that are older than a day."""
    return ApiAnswer.objects.filter(asked_at__lte=at - ANSWERS_KEPT).delete()[0]
