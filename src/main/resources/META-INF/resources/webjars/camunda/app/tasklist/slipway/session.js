import '/js/web-app-session.js';

/* No plugin: this file is only how the application is told to load the import. */
export default [];
