package jp.musubi.sealing;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * 第二の検証器の設定 ({@code musubi.second-validator.*}).
 *
 * @param jar the validator's executable jar
 * @param deadline for one file; a process that takes longer is ended and started anew
 */
@ConfigurationProperties("musubi.second-validator")
record SecondValidatorSettings(
    @DefaultValue("dss/target/dss-exec.jar") Path jar, @DefaultValue("60s") Duration deadline) {}
