package io.slipway.packaging;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much may be handed in for one package. Its bytes are hashed again at every hop, within the time that one step may take.
 *
 * @param file most bytes of one file
 * @param total most bytes of all files together
 * @param files most files
 */
@ConfigurationProperties("slipway.packaging")
public record PackagingLimits(
        @DefaultValue("200MB") DataSize file,
        @DefaultValue("1GB") DataSize total,
        @DefaultValue("100") int files) {}
