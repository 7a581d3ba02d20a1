package jp.musubi.conversion;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * 変換の設定 ({@code musubi.office.*}).
 *
 * @param program LibreOffice; where it is not there, nothing is converted and the pages ask for a
 *     PDF
 * @param deadline for one file; what takes longer is ended and refused
 * @param atOnce how many files are converted at the same time
 */
@ConfigurationProperties("musubi.office")
record OfficeSettings(
    @DefaultValue("/usr/bin/soffice") Path program,
    @DefaultValue("60s") Duration deadline,
    @DefaultValue("1") int atOnce) {}
