import EKSAccessCommand

EKSAccessTool.main()
