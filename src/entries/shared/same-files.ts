export { readProject } from '../../azure/host/sdk-project';
export { createSameFileOpener } from '../../gallery/project/duplicates/open-same-files';
