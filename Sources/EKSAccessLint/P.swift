enum EKSAccessLintPlaceholder {}
