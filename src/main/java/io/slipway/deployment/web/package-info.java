/** What people and programs see of deployments, and where they let doubts be probed. */
@NullMarked
package io.slipway.deployment.web;

import org.jspecify.annotations.NullMarked;
