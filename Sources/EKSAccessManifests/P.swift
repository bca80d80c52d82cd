enum EKSAccessManifestsPlaceholder {}
