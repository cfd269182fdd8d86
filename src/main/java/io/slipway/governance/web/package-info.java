/** What pages show of governance: the audit trail of a release. */
@NullMarked
package io.slipway.governance.web;

import org.jspecify.annotations.NullMarked;
