/** Controls that rules ask for, tied to the models and to evidence, and what people may ask about their own data. */
@NullMarked
package io.slipway.governance.compliance;

import org.jspecify.annotations.NullMarked;
