enum KubernetesRBACPlaceholder {}
