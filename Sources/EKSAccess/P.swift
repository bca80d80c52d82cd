enum EKSAccessPlaceholder {}
