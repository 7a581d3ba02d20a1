package jp.musubi.bench.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.function.Function;
import jp.musubi.bench.parts.Meter;
import jp.musubi.bench.parts.Parts;
import tools.jackson.databind.json.JsonMapper;

/**
 * 計測の窓口 — The process around an engine: a line of JSON in is a {@link Request}, a line out a {@link
 * Reply}, until standard input ends. Standard output carries replies and nothing else.
 */
public final class EngineServer {
  private final JsonMapper json = JsonMapper.builder().build();
  private final Engine engine;
  private final Meter meter;

  EngineServer(Engine engine, Meter meter) {
    this.engine = engine;
    this.meter = meter;
  }

  /** Serves an engine; the one argument is the directory of the parts. */
  public static void main(String[] args, Function<Parts, Engine> engine) throws IOException {
    var replies = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // A library that prints must not tear the protocol.
    System.setOut(System.err);
    var parts = Parts.open(Path.of(args[0]), Clock.systemUTC());
    var server = new EngineServer(engine.apply(parts), parts.meter());
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      replies.println(server.json.writeValueAsString(server.answer(line)));
    }
  }

  private Reply answer(String line) {
    return answer(json.readValue(line, Request.class));
  }

  // One of the places where everything is caught: what another engine throws is its own result.
  Reply answer(Request request) {
    try {
      return switch (request.task()) {
        case SEAL ->
            engine.levels().contains(request.level())
                ? sealed(request)
                : new Reply.Cannot("no " + request.level().word());
        case VALIDATE ->
            engine.validates() ? validated(request) : new Reply.Cannot("does not validate");
      };
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      // The edge of the process: whatever an engine dies of is a row that says so.
      return new Reply.Failed(e.toString());
    }
  }

  private Reply sealed(Request request) throws Exception {
    var nanos = new ArrayList<Long>();
    var partsNanos = new ArrayList<Long>();
    for (var round = 0; round < request.rounds(); round++) {
      Files.deleteIfExists(request.target());
      meter.reset();
      var from = System.nanoTime();
      engine.seal(
          request.file(), request.target(), request.level(), request.field(), request.first());
      nanos.add(System.nanoTime() - from);
      partsNanos.add(meter.nanos());
    }
    var bytes = Files.exists(request.target()) ? Files.size(request.target()) : 0;
    return new Reply.Done(nanos, partsNanos, bytes, meter.keyOperations());
  }

  private Reply validated(Request request) throws Exception {
    var nanos = new ArrayList<Long>();
    var partsNanos = new ArrayList<Long>();
    for (var round = 0; round < request.rounds(); round++) {
      var from = System.nanoTime();
      engine.validate(request.file());
      nanos.add(System.nanoTime() - from);
      partsNanos.add(0L);
    }
    return new Reply.Done(nanos, partsNanos, Files.size(request.file()), 0);
  }
}
