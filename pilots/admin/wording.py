"""What somebody who changes English texts says of the change: whether their translations still mean the same."""

from django import forms
from django.utils.translation import gettext_lazy as _
from parler.forms import TranslatableModelForm


class WordingForm(TranslatableModelForm):
    """A form of texts with a box to tick when nothing but the wording of the English changes."""

    wording_only = forms.BooleanField(
        label=_("Only the wording of the English changes"),
        required=False,
        help_text=_(
            "Tick this when the changed English texts mean the same as before: mended spelling, plainer words. "
            "Otherwise their translations become out of date in meaning, and whoever keeps them is told when it is "
            "published."
        ),
    )
