@NullMarked
package jp.musubi.dss;

import org.jspecify.annotations.NullMarked;
