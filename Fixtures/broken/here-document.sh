#!/bin/sh
set -eu

account=$(aws sts get-caller-identity --query Account --output text)

cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: ConfigMap
metadata:
  name: aws-auth
  namespace: kube-system
data:
  mapRoles: |
    - rolearn: arn:aws:iam::${account}:role/eks-node-role
      username: system:node:{{EC2PrivateDNSName}}
      groups:
        - system:nodes
    - rolearn: arn:aws:iam::${account}:role/deployer
      username: \${USER}
      groups: [system:master]
EOF
