/* Camunda's web applications show a sign-in form of their own when nobody is signed in. There is one sign-in for all here, so that
   people are led to it instead. */
const toSignIn = () => {
  if (location.hash.startsWith('#/login')) {
    location.assign('/login?logout');
  }
};

// The name in the corner leads back to the pages of Slipway, from which people came.
document.addEventListener('click', event => {
  if (event.target.closest('a.navbar-brand')) {
    event.preventDefault();
    event.stopPropagation();
    location.assign('/releases');
  }
}, true);

window.addEventListener('hashchange', toSignIn);
toSignIn();
