"""Git for the rest of gitops: mirrors of remote repositories, and the files of one commit without a checkout."""
