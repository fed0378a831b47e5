"""What running the installation leaves on the record."""

from commonweal_web.operations.models.endings import Deletion, OrganisationExport
from commonweal_web.operations.models.restorations import Restoration

__all__ = ["Deletion", "OrganisationExport", "Restoration"]
