package io.slipway.platform.security;

import java.util.List;

/** The table of roles and rights of this installation; given by the module that knows the roles. */
public interface RightsTable {

    /** Every role once. */
    List<RoleRights> roles();
}
