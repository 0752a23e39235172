resource "kubernetes_manifest" "mnist" {
  manifest = {
    apiVersion = "kubeflow.org/v1"
    kind       = "PyTorchJob"
  }
}
