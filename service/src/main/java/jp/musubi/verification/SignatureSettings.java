package jp.musubi.verification;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * 署名の検証の設定 ({@code musubi.verification.*}).
 *
 * @param trustAnchors PEM file of roots trusted beside those of our own seals, for files that were
 *     signed elsewhere
 * @param heapMegabytes heap of the process that judges
 * @param cpu processor time for one file
 * @param deadline for one file
 */
@ConfigurationProperties("musubi.verification")
record SignatureSettings(
    @Nullable Path trustAnchors,
    @DefaultValue("256") int heapMegabytes,
    @DefaultValue("20s") Duration cpu,
    @DefaultValue("40s") Duration deadline) {}
