package jp.musubi.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/**
 * ソフトウェアの鍵装置 — The PKCS#11 module SoftHSM, where it is installed, with one token of its own in slot
 * place 0.
 *
 * <p>The module reads the file that the environment's SOFTHSM2_CONF names when it starts; a process
 * has therefore one of these at a time, the newest. Processes do not meet.
 */
public final class SoftHsm {
  /** The token's PIN. */
  public static final String PIN = "2468";

  /** The variable that names the module's configuration. */
  private static final String CONFIGURATION = "SOFTHSM2_CONF";

  /** CKR_CRYPTOKI_NOT_INITIALIZED. */
  private static final long NOT_RUNNING = 0x190;

  private static final List<Path> MODULES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
          Path.of("/usr/local/lib/softhsm/libsofthsm2.so"));

  private final Path module;
  private final Path tokens;

  private SoftHsm(Path module, Path tokens) {
    this.module = module;
    this.tokens = tokens;
  }

  /** Why {@link #open} gives nothing. */
  public static final String ABSENT = "SoftHSM is not installed: package softhsm2";

  /** A new token in {@code directory}; empty where SoftHSM is not installed. */
  public static Optional<SoftHsm> open(Path directory) throws IOException {
    var module = MODULES.stream().filter(Files::exists).findFirst();
    if (module.isEmpty()) {
      return Optional.empty();
    }
    var tokens = Files.createDirectories(directory.resolve("tokens"));
    var configuration = directory.resolve("softhsm2.conf").toAbsolutePath();
    Files.writeString(
        configuration,
        "directories.tokendir = %s%nobjectstore.backend = file%nlog.level = ERROR%n"
            .formatted(tokens));
    setEnvironment(configuration);
    run(
        configuration,
        "--init-token",
        "--free",
        "--label",
        "musubi",
        "--pin",
        PIN,
        "--so-pin",
        "13579");
    restart(module.get());
    return Optional.of(new SoftHsm(module.get(), tokens));
  }

  /** The module's library. */
  public Path module() {
    return module;
  }

  /** Puts a key and its certificates on the token. */
  public void keep(String label, PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    var provider =
        Security.getProvider("SunPKCS11")
            .configure("--name=keep-%s%nlibrary=%s%nslotListIndex=0%n".formatted(label, module));
    var store = KeyStore.getInstance("PKCS11", provider);
    store.load(null, PIN.toCharArray());
    store.setKeyEntry(label, key, null, chain.toArray(Certificate[]::new));
  }

  /** Puts a secret key on the token. */
  public void keep(String label, SecretKey key) throws GeneralSecurityException, IOException {
    var provider =
        Security.getProvider("SunPKCS11")
            .configure("--name=keep-%s%nlibrary=%s%nslotListIndex=0%n".formatted(label, module));
    var store = KeyStore.getInstance("PKCS11", provider);
    store.load(null, PIN.toCharArray());
    store.setEntry(label, new KeyStore.SecretKeyEntry(key), null);
  }

  /** Pulls the token out; the answer puts it back. */
  public Runnable pull() throws IOException {
    Path token;
    try (var all = Files.list(tokens)) {
      token = all.findFirst().orElseThrow();
    }
    var away = tokens.resolveSibling("away");
    Files.move(token, away);
    return () -> {
      try {
        Files.move(away, token);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Ends all sessions, as a restart of the module does. */
  public void restart() throws IOException {
    if (!restart(module)) {
      throw new IOException("the module was not running");
    }
  }

  /** For this process's module, which asks C for the environment. */
  // Java reads a copy of the environment and writes none.
  @SuppressWarnings("restricted")
  private static void setEnvironment(Path configuration) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var linker = Linker.nativeLinker();
      var shape =
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
      var result =
          (int)
              linker
                  .downcallHandle(linker.defaultLookup().find("setenv").orElseThrow(), shape)
                  .invokeExact(
                      arena.allocateFrom(CONFIGURATION),
                      arena.allocateFrom(configuration.toString()),
                      1);
      if (result != 0) {
        throw new IOException("the environment cannot be written");
      }
    } catch (IOException e) {
      throw e;
      // A method handle declares everything that can be thrown.
    } catch (Throwable e) {
      throw new IOException("the environment cannot be written", e);
    }
  }

  /** Restarts the module if this process runs it; it reads its configuration anew then. */
  // The module has no other door than its C interface.
  @SuppressWarnings("restricted")
  private static boolean restart(Path module) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var library = SymbolLookup.libraryLookup(module, arena);
      var shape = FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
      for (var function : List.of("C_Finalize", "C_Initialize")) {
        var call =
            Linker.nativeLinker().downcallHandle(library.find(function).orElseThrow(), shape);
        var result = invoke(call);
        if (result == NOT_RUNNING) {
          return false;
        }
        if (result != 0) {
          throw new IOException("%s: 0x%x".formatted(function, result));
        }
      }
      return true;
    }
  }

  private static long invoke(MethodHandle call) throws IOException {
    try {
      return (long) call.invokeExact(MemorySegment.NULL);
    } catch (Throwable e) {
      throw new IOException("the module's function cannot be called", e);
    }
  }

  private static void run(Path configuration, String... arguments) throws IOException {
    var command = Stream.concat(Stream.of("softhsm2-util"), Stream.of(arguments)).toList();
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put(CONFIGURATION, configuration.toString());
    var process = builder.start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
