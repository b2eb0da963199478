Reveal.initialize({ hash: true, width: 1280, height: 720, margin: 0.02, transition: "none", viewDistance: 2 });
