package jp.musubi.simulation;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import jp.musubi.api.SimulatedReceiver;
import jp.musubi.platform.FaultPoints;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.Outside;
import jp.musubi.seal.RevocationUnavailable;
import jp.musubi.seal.TimestampUnavailable;
import jp.musubi.vault.SimulatedStore;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailSendException;

/** Puts the world in the place of everything outside, where the service asks for fault points. */
final class SimulatedPorts implements FaultPoints {
  private final SimulatedStore store = new SimulatedStore();

  @Override
  public void reached(String point) {
    var world = World.current();
    if (world != null) {
      world.reached(point);
    }
  }

  void forget() {
    store.forget();
  }

  @Override
  public <P> P around(Class<P> port, String name, P implementation) {
    var behind = port.isInstance(store) ? store : implementation;
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(), new Class<?>[] {port}, new Door(this, port, name, behind)));
  }

  private record Door(FaultPoints points, Class<?> port, String name, Object behind)
      implements InvocationHandler {
    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      method.setAccessible(true);
      var world = World.current();
      if (world == null
          || method.getDeclaringClass() == Object.class
          || method.isAnnotationPresent(Outside.Described.class)) {
        return through(method, arguments);
      }
      var point = name + "." + method.getName();
      if (!port.isAnnotationPresent(Outside.class)) {
        points.reached(point + ":before");
        var result = through(method, arguments);
        points.reached(point + ":after");
        return result;
      }
      try {
        return world.call(
            point, () -> effect(world, point, method, arguments), () -> failure(point));
      } catch (Failed e) {
        return SimulatedReceiver.failed();
      }
    }

    private @Nullable Object effect(
        World world, String point, Method method, @Nullable Object @Nullable [] arguments)
        throws Exception {
      if (arguments != null && point.equals("MailServer.send")) {
        world.mailbox().take((MimeMessage) java.util.Objects.requireNonNull(arguments[0]));
        return null;
      }
      if (arguments != null && point.equals("WebhookDoor.hand")) {
        world
            .mailbox()
            .event(SimulatedReceiver.event(java.util.Objects.requireNonNull(arguments[0])));
        return SimulatedReceiver.taken();
      }
      return through(method, arguments);
    }

    private @Nullable Object through(Method method, @Nullable Object @Nullable [] arguments)
        throws Exception {
      try {
        return method.invoke(behind, arguments);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (Exception) e.getCause();
      }
    }

    private static Exception failure(String point) {
      return switch (point.substring(0, point.indexOf('.'))) {
        case "SealKey" -> new KeyUnavailable("simulated", null);
        case "TimestampAuthority" -> new TimestampUnavailable("simulated", null);
        case "RevocationSource" -> new RevocationUnavailable("simulated", null);
        case "ObjectStore" -> new IOException("simulated");
        case "MailServer" -> new MailSendException("simulated");
        case "WebhookDoor" -> new Failed();
        default -> new IllegalStateException("no failure of " + point + " is known");
      };
    }
  }

  /** Not of the service: what becomes an answer of the receiver. */
  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
