"""Coverage: who guards what, and what counts as a guard."""

from app.domain.deployments import DeploymentRole
from app.domain.vocabularies import AgencyKind

# Personnel with these roles guard sites; patrols, reserves and riot control come besides.
GUARDING = (DeploymentRole.PAM_OBJEK, DeploymentRole.PAM_TPS)
# Linmas are appointed by local government (DOMAIN: 2 for each polling station); all others count as police.
LINMAS_FROM = AgencyKind.LOCAL_GOVERNMENT
