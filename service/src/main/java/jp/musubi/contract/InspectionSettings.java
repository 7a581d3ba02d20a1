package jp.musubi.contract;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * 検査の設定 ({@code musubi.inspection.*}).
 *
 * @param jar the verifier's executable jar, which also works as an inspecting process
 * @param workers how many files are looked at at once
 * @param heapMegabytes heap of one process
 * @param cpu processor time for one file
 * @param deadline for one file; a process that takes longer is ended and the file refused
 */
@ConfigurationProperties("musubi.inspection")
record InspectionSettings(
    @DefaultValue("verifier/target/verifier-exec.jar") Path jar,
    @DefaultValue("2") int workers,
    @DefaultValue("256") int heapMegabytes,
    @DefaultValue("30s") Duration cpu,
    @DefaultValue("60s") Duration deadline) {}
