import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';

// Says in English what is wrong with a value; without it every message of zod/mini is "Invalid input".
z.config(en());
