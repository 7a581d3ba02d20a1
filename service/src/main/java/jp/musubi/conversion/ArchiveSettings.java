package jp.musubi.conversion;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * PDF/Aへの変換の設定 ({@code musubi.archive.*}).
 *
 * @param program Ghostscript; where it is not there, nothing is converted and the pages say so
 * @param deadline for one file; what takes longer is ended and refused
 * @param atOnce how many files are converted at the same time
 * @param megabytes of memory for one process
 */
@ConfigurationProperties("musubi.archive")
record ArchiveSettings(
    @DefaultValue("/usr/bin/gs") Path program,
    @DefaultValue("60s") Duration deadline,
    @DefaultValue("1") int atOnce,
    @DefaultValue("1024") int megabytes) {}
