# Shows what is taken back where; the agent of the environment does the rest.
echo "taking $SLIPWAY_RELEASE back on $SLIPWAY_ENVIRONMENT"
