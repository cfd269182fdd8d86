/** The page on which decisions are confirmed, and the part of the page of a release that tells of approvals. */
@NullMarked
package io.slipway.governance.web;

import org.jspecify.annotations.NullMarked;
