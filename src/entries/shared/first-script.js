// First script of each page, inline and in ES5, so that it runs in any browser. See docs/decisions/0015.
(function (page) {
  // Special characters of a policy.
  var folder = page
    .replace(/[?#].*/, '')
    .replace(/[^/]*$/, '')
    .replace(/;/g, '%3B')
    .replace(/,/g, '%2C');
  // A policy cannot contain an IPv6 address.
  var own = /^\w+:\/\/\[/.test(folder) ? "'self'" : folder;
  var policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content =
    'script-src ' +
    own +
    " 'wasm-unsafe-eval'; style-src " +
    own +
    " 'unsafe-inline'; worker-src " +
    own +
    ' blob:';
  document.head.appendChild(policy);

  // The opener of the panel waits ten seconds, and the script of the page may take longer to load. It is a frame: the
  // page around the frames, of the host or a foreign one, gets no message.
  function confirmPanel(frame) {
    try {
      if (frame !== window && frame !== window.top) frame.postMessage({ staplerPanel: 'open' }, '*');
      for (var i = 0; i < frame.length; i++) confirmPanel(frame[i]);
      // eslint-disable-next-line no-unused-vars -- ES5 has no catch without a name
    } catch (error) {
      // Frames hidden by the browser cannot be reached.
    }
  }
  if (/\/bulk-panel\.html(?:[?#]|$)/.test(page)) confirmPanel(window.top);

  // The browser leaves the page for a dropped file, link or picture. A handler of the page can still accept it, and text
  // can be dropped on a field.
  function keepPage(event) {
    var transfer = event.dataTransfer;
    var hasFiles = transfer && [].indexOf.call(transfer.types, 'Files') >= 0;
    if (!hasFiles && /^(INPUT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    if (transfer) transfer.dropEffect = 'none';
  }
  // First of all listeners, and also while a dialog is open.
  window.addEventListener('dragenter', keepPage, true);
  window.addEventListener('dragover', keepPage, true);
  window.addEventListener('drop', keepPage, true);

  window.addEventListener('load', function () {
    var root = document.getElementById('root');
    // The script of the page sets the theme as soon as it runs.
    if (root && !document.documentElement.hasAttribute('data-theme')) root.textContent = UNSUPPORTED;
  });
})(location.href);
