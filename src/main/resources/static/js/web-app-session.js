/* Camunda's web applications show a sign-in form of their own when nobody is signed in. There is one sign-in for all here, so that
   people are led to it instead. */
const toSignIn = () => {
  if (location.hash.startsWith('#/login')) {
    location.assign('/login?logout');
  }
};

window.addEventListener('hashchange', toSignIn);
toSignIn();
