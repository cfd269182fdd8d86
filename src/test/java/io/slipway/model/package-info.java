@NullMarked
<<<<<<<< HEAD:src/test/java/io/slipway/model/package-info.java
package io.slipway.model;
========
package io.slipway.scope;
>>>>>>>> scope:src/test/java/io/slipway/scope/package-info.java

import org.jspecify.annotations.NullMarked;
