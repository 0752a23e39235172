from kubeflow.trainer import CustomTrainer, TrainerClient
from kubeflow import trainer
from kubeflow.training_tools import x
from mykubeflow.training import y
import kubeflow_training_notes
text = "see kubeflow.training"
