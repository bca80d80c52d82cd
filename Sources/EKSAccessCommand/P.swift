enum EKSAccessCommandPlaceholder {}
