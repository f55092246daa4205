"""What people say of their study's method (`method.yaml`), the checklists they answer there, and what of a study's settings is not the default."""
