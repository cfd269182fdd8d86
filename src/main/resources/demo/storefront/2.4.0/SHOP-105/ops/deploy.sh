# Shows what is put where; the agent of the environment does the rest.
echo "putting $SLIPWAY_RELEASE on $SLIPWAY_ENVIRONMENT"
