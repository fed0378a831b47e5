"""Addresses of the room of risks."""

from django.urls import path

from commonweal_web.mitigations.views import answers, decisions, own, queue, risk

desk = [
    path("risks/", queue.risks, name="risks"),
    path("uses/<uuid:use>/risks/new/", queue.new, name="new"),
    path("risks/<uuid:pk>/", risk.risk, name="risk"),
    path("risks/<uuid:pk>/judge/", risk.judge, name="judge"),
    path("risks/<uuid:pk>/likelihood/", risk.likelihood, name="likelihood"),
    path("risks/<uuid:pk>/class/", risk.change_class, name="change_class"),
    path("risks/classes/<uuid:pk>/sign/", risk.sign_class, name="sign_class"),
    path("risks/<uuid:pk>/propose/", answers.propose, name="propose"),
    path("risks/<uuid:pk>/comment/", risk.comment, name="comment"),
    path("risks/<uuid:pk>/nothing-helps/", risk.nothing_helps, name="nothing_helps"),
    path("risks/<uuid:pk>/close/", risk.close, name="close"),
    path("risks/answers/<uuid:pk>/accept/", answers.accept, name="accept"),
    path("risks/answers/<uuid:pk>/refuse/", answers.refuse, name="refuse"),
    path("risks/answers/<uuid:pk>/assign/", answers.assign, name="assign"),
    path("risks/answers/<uuid:pk>/carried-out/", answers.carried_out, name="carried_out"),
    path("risks/answers/<uuid:pk>/check/", answers.check, name="check"),
    path("risks/answers/<uuid:pk>/withdraw/", answers.withdraw, name="withdraw"),
    path("risks/decisions/<uuid:pk>/", decisions.decision, name="decision"),
    path("risks/decisions/<uuid:pk>/decide/", decisions.decide, name="decide"),
    path("risks/rules/", decisions.rules, name="rules"),
    path("risks/rules/new/", decisions.new_rules, name="new_rules"),
    path("risks/rules/<uuid:pk>/", decisions.rule_file, name="rule_file"),
    path("risks/rules/<uuid:pk>/sign/", decisions.sign_rules, name="sign_rules"),
]
my = [
    path("risks/", own.risks, name="risks"),
    path("risks/<uuid:pk>/", own.risk, name="risk"),
    path("risks/<uuid:pk>/propose/", own.propose, name="propose"),
    path("risks/<uuid:pk>/comment/", own.comment, name="comment"),
]
