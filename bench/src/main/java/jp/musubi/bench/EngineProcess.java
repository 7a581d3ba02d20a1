package jp.musubi.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import jp.musubi.bench.engine.Reply;
import jp.musubi.bench.engine.Request;
import tools.jackson.databind.json.JsonMapper;

/** 計測の相手の過程 — A running engine: asks it line by line, and reads its memory from the kernel. */
final class EngineProcess implements AutoCloseable {
  private static final long KIBIBYTES_A_MEBIBYTE = 1024;
  private static final int PATIENCE_SECONDS = 5;

  private final JsonMapper json = JsonMapper.builder().build();
  private final Process process;
  private final Path errors;
  private final BufferedWriter requests;
  private final BufferedReader replies;

  private EngineProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    requests =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    replies =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a command; what it writes to standard error goes to a file. */
  static EngineProcess start(List<String> command, Path errors) throws IOException {
    return new EngineProcess(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start(),
        errors);
  }

  /** Asks and waits for the reply; a process that ended has failed. */
  Reply ask(Request request) throws IOException {
    try {
      requests.write(json.writeValueAsString(request));
      requests.newLine();
      requests.flush();
    } catch (IOException _) {
      return new Reply.Failed("the process has ended: " + lastWords());
    }
    var line = replies.readLine();
    return line == null
        ? new Reply.Failed("the process has ended: " + lastWords())
        : json.readValue(line, Reply.class);
  }

  /** The most memory the process had resident so far, MiB; empty where the kernel does not tell. */
  OptionalLong peakRssMiB() throws IOException {
    var status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return OptionalLong.empty();
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTES_A_MEBIBYTE)
          .findFirst();
    }
  }

  /** The last line that the process wrote to standard error. */
  private String lastWords() throws IOException {
    try (var lines = Files.lines(errors)) {
      return lines.filter(line -> !line.isBlank()).reduce("", (_, line) -> line);
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException _) {
      // It ended before its time, which its last reply has told.
      process.destroyForcibly();
    }
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
